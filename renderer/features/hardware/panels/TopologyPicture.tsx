import type { Topology } from './topology'

/** More than this is not told apart at a glance. */
const maxDrawnThreads = 256
const maxDrawnSockets = 16

/** Sockets as boxes, in them dies, cores and threads. The numbers beside it say the same in words. */
export function TopologyPicture({ topology }: { topology: Topology }) {
  const { counts, product } = topology
  const { sockets, dies, clusters, cores, threads } = counts
  if (product < 1 || product > maxDrawnThreads || sockets > maxDrawnSockets) return null
  return (
    <div className="topology-picture" aria-hidden="true">
      {numbers(sockets).map((socket) => (
        <span key={socket} className="topology-socket">
          {numbers(dies * clusters).map((die) => (
            <span key={die} className="topology-die">
              {numbers(cores).map((core) => (
                <span key={core} className="topology-core">
                  {numbers(threads).map((thread) => (
                    <span key={thread} className="topology-thread" />
                  ))}
                </span>
              ))}
            </span>
          ))}
        </span>
      ))}
    </div>
  )
}

function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, at) => at)
}
