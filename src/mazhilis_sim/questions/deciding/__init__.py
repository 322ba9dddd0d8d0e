"""Who decides: coalitions, counted or drawn, and the power of their members."""
