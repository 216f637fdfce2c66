import type { MapNode, NetworkMap } from '../../../../shared/model/networks/network'
import { Card } from '../../hosts/HostTab'
import { useNetworksSession } from '../session'
import { columnTitles, columns, withoutCards } from './map-lines'
import { opener, stateWord } from './open-node'

/** The same as the picture, to be read: each thing with what hangs on it. */
export function MapList({ map }: { map: NetworkMap }) {
  const { lines } = withoutCards(map)
  const byId = new Map(map.nodes.map((node) => [node.id, node]))
  const neighbours = (id: string, side: 'from' | 'to'): MapNode[] =>
    lines.flatMap((line) =>
      line[side] === id ? (byId.get(side === 'from' ? line.to : line.from) ?? []) : [],
    )
  return (
    <div className="panes-scroll">
      {columns.map((column) => {
        const nodes = map.nodes.filter(({ kind }) => kind === column)
        return nodes.length === 0 ? null : (
          <Card key={column} title={columnTitles[column]} isWide>
            <table className="host-table net-table net-map-table" aria-label={columnTitles[column]}>
              <thead>
                <tr>
                  <th scope="col">Name</th>
                  <th scope="col">State</th>
                  <th scope="col">Connected to</th>
                </tr>
              </thead>
              <tbody>
                {nodes
                  .toSorted((a, b) => a.label.localeCompare(b.label))
                  .map((node) => (
                    <tr key={node.id}>
                      <th scope="row">
                        <NodeName node={node} />
                        {node.note === undefined ? null : (
                          <span className="secondary net-map-row-note">{node.note}</span>
                        )}
                      </th>
                      <td className={node.isUp ? 'net-good' : 'secondary'}>{stateWord(node)}</td>
                      <td>
                        {[...neighbours(node.id, 'to'), ...neighbours(node.id, 'from')]
                          .map(({ label }) => label)
                          .join(', ') || '–'}
                      </td>
                    </tr>
                  ))}
              </tbody>
            </table>
          </Card>
        )
      })}
    </div>
  )
}

function NodeName({ node }: { node: MapNode }) {
  const { host } = useNetworksSession()
  const run = opener(host.id, node)
  return run ? (
    <button type="button" className="net-link truncate" onClick={run}>
      {node.label}
    </button>
  ) : (
    <span>{node.label}</span>
  )
}
