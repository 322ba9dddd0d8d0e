"""What runs the draws of a question: threads of this process, tasks of any executor, or an engine of the user's."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
