"""GraphQL over the public record. It reads publications, never page rows."""
