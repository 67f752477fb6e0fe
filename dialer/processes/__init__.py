"""What `ringfence up` starts and keeps alive: the embedded server, the parts, one supervisor over them.

No Redis client here and no law: this room knows processes, sockets, signals and files.
"""
