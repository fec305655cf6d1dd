"""Sets of packets: protocols, ports and addresses as ranges of whole numbers."""
