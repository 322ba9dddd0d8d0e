"""What is thrown at the library: saved files, arguments, files of users, rules. Each yields what went wrong, in a line."""
