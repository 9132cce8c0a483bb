"""What words mean and how they are used: neighbourhoods, senses, acronyms, names for one concept, meanings that moved or rest on little, latent
topics."""
