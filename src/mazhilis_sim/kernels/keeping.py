"""Compiled code on disk: never stale, and never in the way."""

import contextlib
import functools
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numba
from numba import NumbaError, cfunc, njit, typeof, types

from mazhilis_sim.kernels.folders import folder_in, has_code

Function = Callable[..., Any]

SETTINGS: Any = numba.config
"""What numba read from the environment and from its file of settings."""


def kept(function: Function, **options: Any) -> Function:
    """Compile what Python calls, with all that it calls, and keep it on disk; with the JIT off it stays what it is."""
    return function if SETTINGS.DISABLE_JIT else Kept(function, **options)


class Kept:
    """A compiled function that Python calls, kept on disk with all that it calls.

    Kernels raise nothing. What numba will not compile, and a lack of memory, are the caller's; whatever else fails in a call is the
    keeping: what is damaged is thrown away and compiled anew, and what cannot be written is compiled in every process. Nobody is
    refused a result for it.
    """

    def __init__(self, function: Function, **options: Any) -> None:
        functools.update_wrapper(self, function)
        self.function, self.options = function, options
        self.compiled = self.loaded()

    def __call__(self, *arguments: Any) -> Any:
        """Call the compiled function; it is loaded or compiled by its first call. `Stage.made` comes here with types for arguments."""
        return self.mending(lambda: self.compiled(*arguments))

    def made(self, *kinds: Any) -> Any:
        """Compile the function for arguments of these types, or find it on disk, without a call."""
        self.mending(lambda: self.compiled.compile(kinds))

    def mending(self, do: Callable[[], Any]) -> Any:
        """Do what compiles, loads or calls the function, and mend the keeping where that fails."""
        for mend in (self.once_more, self.anew, self.not_kept):
            try:
                return do()
            except (NumbaError, MemoryError):
                raise
            except Exception:  # whatever damage makes of a pickle
                mend()
        return do()

    def loaded(self) -> Any:
        """Return the function with its code in the folder of these kernels, to be found there or to be written there."""
        if folder_of_kernels() is None:
            return self.in_memory()
        with kept_there():
            return self.in_memory(cache=True)

    def in_memory(self, **more: Any) -> Any:
        """Return the function, its code in no folder."""
        return njit(**self.options, **more)(self.function)

    def once_more(self) -> None:
        """Leave it as it is: code that could not be written has been compiled, and serves."""

    def anew(self) -> None:
        """Throw away what is kept: it is damaged, or another user's."""
        shutil.rmtree(folder_of_kernels() or "", ignore_errors=True)
        self.compiled = self.loaded()

    def not_kept(self) -> None:
        """Keep nothing."""
        self.compiled = self.in_memory()


NAMING = threading.RLock()
"""Held while numba is named another folder: of two threads at once, the later would take the first one's for the user's."""


@contextlib.contextmanager
def kept_there() -> Iterator[None]:
    """Name numba the folder of these kernels: it asks for it once, when it is handed a function."""
    with NAMING:
        others, SETTINGS.CACHE_DIR = SETTINGS.CACHE_DIR, str(folder_of_kernels())
        try:
            yield
        finally:
            SETTINGS.CACHE_DIR = others


def folder_of_others() -> str:
    """Return the folder that numba is named for all code but that of kernels, or nothing."""
    with NAMING:
        return str(SETTINGS.CACHE_DIR)


def kind_of(argument: Any) -> Any:
    """Return the type of an argument, which may be given itself in its place."""
    return argument if isinstance(argument, types.Type) else typeof(argument)


class Stage(Kept):
    """A function that compiled code calls by its address, kept on disk by itself: who calls it is not compiled anew with all that it does.

    Called with arguments it returns the function, compiled or loaded, for arguments of their types.
    """

    def __init__(self, function: Function, result: Any, **options: Any) -> None:
        self.result = result
        self.ready: dict[tuple[Any, ...], Any] = {}
        super().__init__(function, **options)

    def __call__(self, *arguments: Any) -> Any:
        """Compile the function for arguments like these, or find it on disk."""
        return self.made(*map(kind_of, arguments))

    def made(self, *kinds: Any) -> Any:
        """Compile the function for arguments of these types, or find it on disk; what this process has is not looked for again."""
        if kinds not in self.ready:
            self.ready[kinds] = super().__call__(*kinds)
        return self.ready[kinds]

    def kind(self, *arguments: Any) -> Any:
        """Return the type of what is made for arguments like these."""
        return types.FunctionType(self.result(*map(kind_of, arguments)))

    def loaded(self) -> Any:
        """Return what finds the function for types of arguments in the folder of these kernels, or compiles it and writes it there."""
        if folder_of_kernels() is None:
            return self.in_memory()

        def made(*kinds: Any) -> Any:
            with kept_there():
                return self.in_memory(cache=True)(*kinds)

        return made

    def in_memory(self, **more: Any) -> Any:
        """Return what compiles the function for types of arguments, its code in no folder."""
        return lambda *kinds: cfunc(self.result(*kinds), **self.options, **more)(self.function)

    @property
    def never_kept(self) -> bool:
        """Whether no folder has its code for this Python, whatever the types."""
        folder = folder_of_kernels()
        return folder is not None and not has_code(folder, self.function.__name__)


@functools.cache
def folder_of_kernels() -> Path | None:
    """Return the folder for the code of these very kernels, or None where none can be written."""
    return folder_in(SETTINGS.CACHE_DIR)
