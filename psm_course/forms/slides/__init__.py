"""What is shown on a wall: text and tables as pieces whose height can be foretold, and pieces put on slides of 1920 x 1080 pixels."""
