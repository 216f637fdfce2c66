import { useEffect, type ReactNode } from 'react'
import type { Host } from '../../../shared/model/host'
import type { HostId } from '../../../shared/model/ids'
import { ErrorBox } from '../../components/ErrorBox'
import { useHost } from '../../stores/hosts'
import { Button } from '../../ui/Button'
import { EmptyState } from '../../ui/EmptyState'
import { InfoIcon } from '../../ui/icons/general'
import { UnplugIcon } from '../../ui/icons/objects'
import { Spinner } from '../../ui/Spinner'
import { whyLocked } from '../hosts/why-locked'
import { useStorageChanges } from './follow'
import { NoPools } from './NoPools'
import { PoolList } from './PoolList'
import { PoolPage } from './PoolPage'
import { loadPools, usePoolList, usePools } from './pools'
import { loadUsage } from './usage'
import { isActive } from './words'
import './storage.css'

/** Pools and volumes of one host. */
export function StorageTab({ host }: { host: HostId }) {
  const shown = useHost(host)
  const isConnected = shown?.status.kind === 'connected'
  return (
    <section className="storage" aria-label={`Storage of ${shown?.label ?? 'this host'}`}>
      {shown && isConnected ? (
        <Storage host={shown} />
      ) : (
        <EmptyState icon={UnplugIcon} title="Connect the host to see its storage">
          Pools and volumes are read from the host when they are shown.
        </EmptyState>
      )}
    </section>
  )
}

function Storage({ host }: { host: Host }) {
  const { id } = host
  const { items, error } = usePoolList(id)
  const chosen = usePools((state) => state.chosen[id])
  const lockedReason = whyLocked(host)
  useEffect(() => {
    void loadPools(id)
    void loadUsage(id)
  }, [id])
  useStorageChanges(id, true, () => void loadPools(id))

  if (items === undefined) {
    return error ? (
      <Padded>
        <ErrorBox
          error={error}
          title="The pools of this host could not be read"
          actions={<Button onPress={() => void loadPools(id)}>Try again</Button>}
        />
      </Padded>
    ) : (
      <Padded>
        <p className="storage-waiting" role="status">
          <Spinner /> Reading the pools…
        </p>
      </Padded>
    )
  }
  const pool =
    items.find(({ name }) => name === (chosen ?? host.usualPool)) ?? items.find(isActive) ?? items[0]
  return (
    <>
      {lockedReason === undefined ? null : (
        <p className="storage-locked">
          <InfoIcon size={14} /> {lockedReason}
        </p>
      )}
      {error ? (
        <Padded>
          <ErrorBox
            error={error}
            title={
              items.length === 0 ? 'The pools of this host could not be read' : 'Some pools could not be read'
            }
            actions={<Button onPress={() => void loadPools(id)}>Try again</Button>}
          />
        </Padded>
      ) : null}
      {pool === undefined ? (
        error ? null : (
          <NoPools host={host} lockedReason={lockedReason} />
        )
      ) : (
        <div className="storage-panes">
          <PoolList host={id} pools={items} chosen={pool.name} lockedReason={lockedReason} />
          <PoolPage key={pool.name} host={id} pool={pool} lockedReason={lockedReason} />
        </div>
      )}
    </>
  )
}

function Padded({ children }: { children: ReactNode }) {
  return <div className="storage-padded">{children}</div>
}
