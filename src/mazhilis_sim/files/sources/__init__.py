"""Where tables come from: text, spreadsheets, Parquet and data frames, each as a grid of cells that are text."""
