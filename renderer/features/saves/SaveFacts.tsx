/** Names with their values; what nobody knows is left out. */
export function SaveFacts({ facts }: { facts: readonly (readonly [string, string | undefined])[] }) {
  return (
    <dl className="saves-facts">
      {facts.map(([name, value]) =>
        value === undefined ? null : (
          <div key={name} style={{ display: 'contents' }}>
            <dt>{name}</dt>
            <dd className="selectable">{value}</dd>
          </div>
        ),
      )}
    </dl>
  )
}
