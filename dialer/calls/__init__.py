"""What a call is: numbers, contact points, calls, campaigns and organisations."""
