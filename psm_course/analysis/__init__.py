"""What answers say about questions, and what a course may have changed: difficulty, discrimination, reliability, gain. numpy only."""
