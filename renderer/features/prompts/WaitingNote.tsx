/** Hosts that connect at once may all have questions; they come one after the other. */
export function WaitingNote({ count }: { count: number }) {
  if (count <= 0) return null
  return (
    <p className="prompt-quiet" role="status">
      {count === 1
        ? 'One more question waits after this one.'
        : `${count} more questions wait after this one.`}
    </p>
  )
}
