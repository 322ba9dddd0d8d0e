"""Short cuts through the inside of numba: a third less time at a first start, and at every other one.

They are taken with the versions of numba that `compiling` names; with others the same code is compiled, in more time.
``tests/unit/test_compiling.py`` holds what is compiled with and without them equal.
"""
import contextlib
import functools
import hashlib
from importlib.resources import files

from numba.core import typed_passes, untyped_passes
from numba.core.caching import FunctionCache, IndexDataCacheFile
from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import CompilerBase
from numba.core.compiler_machinery import PassManager


class KeptCode(FunctionCache):
    """Compiled code on disk, looked for before numba gets ready to compile: that takes longer than to load the code.

    What is left out starts numba's runtime as well, which code that counts references to arrays would need. The code is out of date
    when any kernel has changed; numba by itself looks at the file of the function alone, not at those that it calls. Files that are
    damaged, or that this user may not read or write, are as none: nobody is refused a result for them.
    """

    def __init__(self, function):
        super().__init__(function)
        stamp = self._impl.locator.get_source_stamp(), digest_of_kernels()
        self._cache_file = IndexDataCacheFile(self.cache_path, self._impl.filename_base, stamp)

    def load_overload(self, sig, target_context):
        """Return the code of a signature, or None; then numba compiles, and gets ready for it by itself."""
        try:
            return self._load_overload(sig, target_context)
        except Exception:  # whatever damage makes of a pickle
            return None

    def save_overload(self, sig, data):
        """Keep what was compiled, in place of files that are damaged."""
        try:
            super().save_overload(sig, data)
        except Exception:
            with contextlib.suppress(Exception):
                self.flush()
                super().save_overload(sig, data)


@functools.cache
def digest_of_kernels():
    """Return what changes with any file of kernels, wherever they are kept."""
    digest = hashlib.sha256()
    for file in sorted(files(__package__).iterdir(), key=lambda file: file.name):
        if file.name.endswith(".py"):
            digest.update(file.read_bytes())
    return digest.hexdigest()


class Part(JITCodeLibrary):
    """What compiled code alone calls: its callers take it in, and it becomes machine code there, not once more by itself.

    What is no step stays a function of its own in them, so that a loop has the processor's registers for its own arrays.
    """

    def finalize(self):
        """Mark the part's own functions, before what they call is linked in: numba's helpers are to be inlined."""
        for function in self._final_module.functions:
            inlined = any(b"alwaysinline" in attributes for attributes in function.attributes)
            if not function.is_declaration and not inlined:
                function.add_function_attribute("noinline")
        super().finalize()

    def _optimize_final_module(self):
        """Leave it to the callers."""

    def _finalize_final_module(self):
        """Leave it to the callers to make machine code."""
        self._finalized = True

    def get_pointer_to_function(self, _name):
        """Return null: nothing calls the function by its address, and Python cannot. See `compiling.jit`."""
        self._ensure_finalized()
        return 0

    @property
    def codegen(self):
        """Stand in for the engine with the machine code, which numba would tell next where the function finds its Python names."""
        return self

    def set_env(self, _name, _env):
        """Keep no Python names, since parts raise nothing."""


class PartCompiler(CompilerBase):
    """Compiles a part by numba's own passes, without those for what no part holds.

    A part has no closure, no ``with``, no ``raise``, and does not ask whether an argument is None. What depends on a type is an
    overload, as `methods.recount` is.
    """

    PASSES = (
        untyped_passes.TranslateByteCode, untyped_passes.FixupArgs, untyped_passes.IRProcessing, untyped_passes.ReconstructSSA,
        typed_passes.NopythonTypeInference, typed_passes.PreLowerStripPhis, typed_passes.IRLegalization, typed_passes.AnnotateTypes,
        typed_passes.NativeLowering, typed_passes.NoPythonBackend,
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
