"""What people ask of elections and forecasts."""
