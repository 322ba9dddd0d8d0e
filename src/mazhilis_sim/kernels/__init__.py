"""The compiled core: loops over lanes of elections, built from scalar steps of a few lines.

No compiled function raises, makes an array or knows a party's name; the modules above check before and name after. Only the sizes of
votes in tables are looked at here, by `cpu.count.count_rows`, while it reads them. Every function runs the same with the JIT switched off
(``NUMBA_DISABLE_JIT=1``), bit for bit.

``__init__.pyi`` says which name lives where. A name is loaded when it is used, since where code is kept is told without the compiler.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
