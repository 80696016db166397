"""What makes an answer out of gathered rows, where neither language can, or not both alike."""
