"""Read what is to be booked from the systems that issue it."""
