"""The import of trafilatura in the server from which workers are forked, for runs that ask it."""

import gc

from newsspider.pool.preload import warm_up

warm_up("always")
gc.freeze()
