"""The trained model: its files, and reading them with numpy alone."""
