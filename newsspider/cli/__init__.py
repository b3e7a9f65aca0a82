"""The `newsspider` command."""
