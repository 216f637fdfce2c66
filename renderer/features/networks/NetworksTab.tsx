import { ErrorBox } from '../../components/ErrorBox'
import { ReadFailure } from '../../components/ReadFailure'
import { useHost } from '../../stores/hosts'
import { Button } from '../../ui/Button'
import { Note } from '../../ui/Note'
import { Spinner } from '../../ui/Spinner'
import type { HostId } from '../../../shared/model/ids'
import { EmptyNetworks } from './EmptyNetworks'
import { FilterPage } from './FilterPage'
import { InterfacePage } from './InterfacePage'
import { MapPage } from './map/MapPage'
import { NetworkPage } from './NetworkPage'
import { NetworksList } from './NetworksList'
import { NetworksContext, useNetworksSession, useNewSession } from './session'
import { useOpenPage } from './store'
import '../../ui/panes.css'
import './networks.css'

/** The networks of a host, its filters and interfaces, and how they hang together. */
export function NetworksTab({ host: id }: { host: HostId }) {
  const host = useHost(id)
  return host ? <Networks host={host} /> : null
}

function Networks({ host }: { host: Parameters<typeof useNewSession>[0] }) {
  const session = useNewSession(host)
  const { isConnected, networks } = session
  const { value, error } = networks
  if (value === undefined) {
    return (
      <div className="panes-alone">
        {!isConnected ? (
          <Note tone="info">Connect the host to see its networks.</Note>
        ) : error ? (
          <ReadFailure error={error} title="The networks could not be read" reload={networks.reload} />
        ) : (
          <p className="host-waiting" role="status">
            <Spinner /> Reading the networks…
          </p>
        )}
      </div>
    )
  }
  return (
    <NetworksContext value={session}>
      <div className="panes-tab net" data-stale={isConnected ? undefined : true}>
        {isConnected ? null : <p className="panes-banner">The host is not connected: this is from before.</p>}
        {value.error && isConnected ? (
          <div className="panes-banner-error">
            <ErrorBox
              error={value.error}
              title="The host did not tell all of its networks"
              actions={<Button onPress={networks.reload}>Try again</Button>}
            />
          </div>
        ) : null}
        <Pages />
      </div>
    </NetworksContext>
  )
}

function Pages() {
  const session = useNetworksSession()
  const { page } = useOpenPage(session.host.id)
  if (page === 'map') return <MapPage />
  const networks = session.networks.value?.items ?? []
  const first = networks[0]
  const shown = page ?? (first && `network:${first.name}`)
  return (
    <div className="panes">
      <NetworksList page={shown} />
      <Page page={shown} />
    </div>
  )
}

function Page({ page }: { page: string | undefined }) {
  const { networks, filters, choices } = useNetworksSession()
  const [, kind, name] = /^(\w+):([\s\S]*)$/.exec(page ?? '') ?? []
  if (kind === 'filter') {
    const filter = filters.value?.items.find((one) => one.name === name)
    if (filter) return <FilterPage key={filter.name} filter={filter} />
  }
  if (kind === 'interface') {
    const found = choices.value?.interfaces.items.find((one) => one.name === name)
    if (found) return <InterfacePage item={found} />
  }
  const network = networks.value?.items.find((one) => kind === 'network' && one.name === name)
  if (network) return <NetworkPage key={network.uuid} network={network} />
  const [first] = networks.value?.items ?? []
  // what was open is gone: what is left is shown
  return first ? <NetworkPage key={first.uuid} network={first} /> : <EmptyNetworks />
}
