"""Code that compiled code alone calls, compiled in its callers alone: a third less time at a first start.

It goes through the inside of numba, of the versions that `compiling` names; with others the same code is compiled, in more time.
``tests/statistical/test_reproducibility.py`` holds the numbers equal.
"""

from numba.core import typed_passes, untyped_passes
from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import CompilerBase
from numba.core.compiler_machinery import PassManager


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
        untyped_passes.TranslateByteCode,
        untyped_passes.FixupArgs,
        untyped_passes.IRProcessing,
        untyped_passes.ReconstructSSA,
        typed_passes.NopythonTypeInference,
        typed_passes.PreLowerStripPhis,
        typed_passes.IRLegalization,
        typed_passes.AnnotateTypes,
        typed_passes.NativeLowering,
        typed_passes.NoPythonBackend,
    )

    def __init__(self, *arguments, **named):
        super().__init__(*arguments, **named)
        self.state["library"] = Part(self.state.targetctx.codegen(), "part")

    def define_pipelines(self):
        """Put the passes in order."""
        manager = PassManager("part")
        for one in self.PASSES:
            manager.add_pass(one, one.__name__)
        manager.finalize()
        return [manager]
