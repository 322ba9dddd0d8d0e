"""What runs the draws of a question: threads of this process, or tasks of any executor."""
