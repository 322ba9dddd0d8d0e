"""``mazhilis-sim backtest`` and ``calibrate``."""
