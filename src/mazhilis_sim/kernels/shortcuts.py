"""Short cuts through the inside of numba: a third less time at a first start, and at every other one.

They hold for the versions that they were tried with; with others the same code is compiled, in more time. Whoever moves the bounds
runs the tests with that version first: ``tests/unit/test_compiling.py`` holds what is compiled with and without them equal.
"""
import functools
from pathlib import Path

import numba
from numba.core import typed_passes, untyped_passes
from numba.core.caching import FunctionCache, IndexDataCacheFile
from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import CompilerBase
from numba.core.compiler_machinery import PassManager

OLDEST, NEWEST = (0, 66), (0, 68)
"""Versions of numba that these were tried with; before the oldest, llvmlite puts attributes of a function in the wrong place."""

if not OLDEST <= numba.version_info.short <= NEWEST:
    raise ImportError(f"numba {numba.__version__} is none of those that the short cuts were tried with")


class KeptCode(FunctionCache):
    """Compiled code on disk, looked for before numba gets ready to compile: that takes longer than to load the code.

    It is out of date when any kernel has changed; numba by itself looks at the file of the function alone, not of those that it calls.
    """

    def __init__(self, function):
        super().__init__(function)
        self._cache_file = IndexDataCacheFile(self.cache_path, self._impl.filename_base, state_of_kernels())

    def load_overload(self, sig, target_context):
        """Return the code of a signature, or None; then numba compiles, and gets ready for it by itself."""
        with self._guard_against_spurious_io_errors():
            return self._load_overload(sig, target_context)


@functools.cache
def state_of_kernels():
    """Return what changes with any file of kernels: names, times and sizes."""
    files = sorted(Path(__file__).parent.glob("*.py"))
    return tuple((file.name, file.stat().st_mtime_ns, file.stat().st_size) for file in files)


class Part(JITCodeLibrary):
    """What compiled code alone calls: its callers take it in, and it becomes machine code there, not once more by itself.

    What is no step stays a function of its own in them, so that a loop has the processor's registers for its own arrays.
    """

    def _optimize_final_module(self):
        for function in self._final_module.functions:
            inlined = any(b"alwaysinline" in attributes for attributes in function.attributes)
            if not function.is_declaration and not inlined:
                function.add_function_attribute("noinline")

    def _finalize_final_module(self):
        self._finalized = True

    def get_pointer_to_function(self, _name):
        """Return null: nothing calls the function by its address."""
        self._ensure_finalized()
        return 0

    @property
    def codegen(self):
        """Stand in for the engine that holds machine code, which would be told where a function finds its Python names."""
        return self

    def set_env(self, _name, _env):
        """Keep no Python names, since parts raise nothing."""


class PartCompiler(CompilerBase):
    """Compiles a part: numba's own passes, without those for what no kernel holds (closures, ``with``, literal unrolling, rewriting)."""

    PASSES = (
        untyped_passes.TranslateByteCode, untyped_passes.FixupArgs, untyped_passes.IRProcessing, untyped_passes.InlineInlinables,
        untyped_passes.ReconstructSSA, typed_passes.NopythonTypeInference, typed_passes.PreLowerStripPhis, typed_passes.IRLegalization,
        typed_passes.AnnotateTypes, typed_passes.NativeLowering, typed_passes.NoPythonBackend,
    )

    def __init__(self, *arguments, **named):
        super().__init__(*arguments, **named)
        self.state.library = Part(self.state.targetctx.codegen(), "part")

    def define_pipelines(self):
        """Put the passes in order."""
        manager = PassManager("part")
        for one in self.PASSES:
            manager.add_pass(one, one.__name__)
        manager.finalize()
        return [manager]
