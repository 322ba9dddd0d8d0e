"""Compiled code on disk, through the inside of numba: never stale, and never in the way."""

import contextlib
import functools
import hashlib
from importlib.resources import files

from numba.core.caching import FunctionCache, IndexDataCacheFile


class KeptCode(FunctionCache):
    """Compiled code on disk.

    It is out of date when any kernel has changed; numba by itself looks at the file of the function alone, not at those that it calls.
    Files that are damaged, or that this user may not read or write, are as none: nobody is refused a result for them.
    """

    def __init__(self, function):
        super().__init__(function)
        stamp = self._impl.locator.get_source_stamp(), digest_of_kernels()
        self._cache_file = IndexDataCacheFile(self.cache_path, self._impl.filename_base, stamp)

    def load_overload(self, sig, target_context):
        """Return the code of a signature, or None; then it is compiled."""
        try:
            return super().load_overload(sig, target_context)
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
    for file in sources(files(__package__)):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def sources(folder):
    """Yield the files of kernels in a folder and in those below it, always in the same order."""
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from sources(entry)
        elif entry.name.endswith(".py"):
            yield entry
