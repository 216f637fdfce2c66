import { useState } from 'react'
import { ErrorBox } from '../../../components/ErrorBox'
import { Button } from '../../../ui/Button'
import { EmptyState } from '../../../ui/EmptyState'
import { ChevronRightIcon } from '../../../ui/icons/general'
import { NodesIcon } from '../../../ui/icons/hardware'
import { Segmented } from '../../../ui/Segmented'
import { Spinner } from '../../../ui/Spinner'
import { useNetworksSession } from '../session'
import { openNetworkPage } from '../store'
import { MapList } from './MapList'
import { MapPicture } from './MapPicture'
import { useNetworkMap } from './use-network-map'
import './map.css'

/** How the host's networks hang together, as a picture or as a list. */
export function MapPage() {
  const { host, isConnected } = useNetworksSession()
  const [view, setView] = useState<'picture' | 'list'>('picture')
  const map = useNetworkMap(host.id, isConnected)
  return (
    <section className="net-map" aria-label="Map of the networks">
      <header className="net-map-head">
        <Button variant="quiet" onPress={() => openNetworkPage(host.id, undefined)}>
          Networks
        </Button>
        <ChevronRightIcon size={14} className="net-map-crumb" />
        <h2>Map</h2>
        <div className="net-map-switch">
          <Segmented
            label="Shown as"
            value={view}
            onChange={setView}
            segments={[
              { id: 'picture', label: 'Picture' },
              { id: 'list', label: 'List' },
            ]}
          />
        </div>
      </header>
      {map.error && isConnected ? (
        <div className="panes-banner-error">
          <ErrorBox
            error={map.error}
            title="The map could not be drawn"
            actions={<Button onPress={map.reload}>Try again</Button>}
          />
        </div>
      ) : null}
      {map.value === undefined ? (
        map.error ? null : (
          <p className="host-waiting net-map-wait" role="status">
            <Spinner /> Looking at what hangs on what…
          </p>
        )
      ) : map.value.nodes.length === 0 ? (
        <EmptyState icon={NodesIcon} title="There is nothing to draw yet">
          The host has neither networks nor bridges that virtual machines could use.
        </EmptyState>
      ) : view === 'picture' ? (
        <MapPicture map={map.value} />
      ) : (
        <MapList map={map.value} />
      )}
    </section>
  )
}
