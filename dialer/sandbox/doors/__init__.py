"""The stand-in's own doors, under /sandbox: scripting callees, placing calls, ordering faults."""
