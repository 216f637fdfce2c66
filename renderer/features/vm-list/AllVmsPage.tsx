import { openDialog } from '../../stores/dialogs'
import { useHosts } from '../../stores/hosts'
import { go } from '../../stores/route'
import { Button } from '../../ui/Button'
import { EmptyState } from '../../ui/EmptyState'
import { PlusIcon } from '../../ui/icons/general'
import { AllVmsIcon, VmIcon } from '../../ui/icons/objects'
import { NewVmButton } from '../hosts/NewVmButton'
import { VmList } from './VmList'

/** Every VM of every host in one table. */
export function AllVmsPage() {
  return (
    <main className="page" aria-label="All virtual machines">
      <header className="page-header">
        <h1>All virtual machines</h1>
        <div className="page-actions">
          <Button
            variant="quiet"
            icon={VmIcon}
            tooltip="Thumbnails of all that run"
            onPress={() => go({ kind: 'wall' })}
          >
            Screens
          </Button>
        </div>
      </header>
      <VmList empty={<NoVms />} />
    </main>
  )
}

function NoVms() {
  const order = useHosts((state) => state.order)
  const byId = useHosts((state) => state.byId)
  const first = order.find((id) => byId[id]?.status.kind !== 'connected')
  const isAnyUp = order.some((id) => byId[id]?.status.kind === 'connected')
  return (
    <EmptyState
      icon={AllVmsIcon}
      title="No virtual machines to show"
      actions={
        <>
          {first === undefined ? null : (
            <Button
              onPress={() => go({ kind: 'host', host: first })}
            >{`Look at ${byId[first]?.label}`}</Button>
          )}
          <Button
            icon={PlusIcon}
            variant={isAnyUp ? 'plain' : 'primary'}
            onPress={() => openDialog({ kind: 'addHost' })}
          >
            Add host
          </Button>
          {isAnyUp ? <NewVmButton variant="primary" /> : null}
        </>
      }
    >
      {first === undefined
        ? 'The connected hosts have no virtual machines yet.'
        : 'Virtual machines appear here as soon as their host is connected.'}
    </EmptyState>
  )
}
