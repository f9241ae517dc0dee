"""Operations compiled once into closures that answer as graphene does, byte for byte."""
