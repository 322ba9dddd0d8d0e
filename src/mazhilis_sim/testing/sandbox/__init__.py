"""A stranger's rule behind glass: its calls are limited, its answers checked, its mishaps written down."""
