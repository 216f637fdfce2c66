import { errorData } from '../../../shared/errors'
import { vmId, vmKey, type HostId } from '../../../shared/model/ids'
import type { UnfinishedCreation } from '../../../shared/model/new-vm/unfinished'
import { api } from '../../api/client'
import { openDialog } from '../../stores/dialogs'
import { useHost, useHosts } from '../../stores/hosts'
import { openVm } from '../../stores/route'
import { showToast } from '../../stores/toasts'
import { useUnfinished } from '../../stores/unfinished'
import { useVm } from '../../stores/vms'
import { Button } from '../../ui/Button'
import { InfoIcon } from '../../ui/icons/general'
import { cutOffText, leftText, removable } from './words'
import './unfinished.css'

/** No VM has it. */
const noVm = vmId.parse('00000000-0000-0000-0000-000000000000')

const none: readonly UnfinishedCreation[] = []

/** Creations that were cut off on a host: what is left can go, begin anew, or stay. */
export function UnfinishedCreations({ host }: { readonly host: HostId }) {
  const found = useUnfinished(({ byHost }) => byHost[host]) ?? none
  return found.map((creation) => <Unfinished key={creation.id} host={host} creation={creation} />)
}

/** The same of all hosts, with their names. */
export function AllUnfinishedCreations() {
  const order = useHosts((state) => state.order)
  const byHost = useUnfinished((state) => state.byHost)
  return order.flatMap((host) =>
    (byHost[host] ?? []).map((creation) => (
      <Unfinished key={`${host} ${creation.id}`} host={host} creation={creation} isHostNamed />
    )),
  )
}

interface Props {
  readonly host: HostId
  readonly creation: UnfinishedCreation
  readonly isHostNamed?: boolean
}

function Unfinished({ host, creation, isHostNamed = false }: Props) {
  const { id, name, vm, again, cloneOf } = creation
  const record = useHost(host)
  const isThere = useVm(vmKey({ host, vm: vm ?? cloneOf ?? noVm })) !== undefined
  const isReadOnly = record?.status.kind === 'connected' && record.status.info.isReadOnly
  const locked = isReadOnly ? 'This connection is read-only' : undefined
  const keep = async (): Promise<void> => {
    try {
      await api.newVm.keepUnfinished({ host, id })
    } catch (error) {
      showToast({ tone: 'error', title: `${name} is still listed`, error: errorData(error) })
    }
  }
  const canBeginAgain = vm === undefined && (again !== undefined || (cloneOf !== undefined && isThere))
  return (
    <section className="cut-off" aria-label={`Unfinished creation of ${name}`}>
      <InfoIcon size={14} />
      <span className="cut-off-text">
        <strong>
          {cutOffText(creation)}
          {isHostNamed && record ? ` on ${record.label}` : ''}
        </strong>
        <span className="secondary">{leftText(creation)}</span>
      </span>
      <span className="cut-off-buttons">
        {vm === undefined || !isThere ? null : (
          <>
            <Button className="button-small" onPress={() => openVm({ host, vm })}>
              Open it
            </Button>
            <Button
              className="button-small"
              disabledReason={locked}
              onPress={() => openDialog({ kind: 'deleteVm', refs: [{ host, vm }] })}
            >
              Delete it…
            </Button>
          </>
        )}
        {removable(creation).length === 0 ? null : (
          <Button
            className="button-small"
            disabledReason={locked}
            onPress={() => openDialog({ kind: 'cleanUpCreation', host, creation, next: 'nothing' })}
          >
            Clean up…
          </Button>
        )}
        {canBeginAgain ? (
          <Button
            className="button-small"
            disabledReason={locked}
            onPress={() => openDialog({ kind: 'cleanUpCreation', host, creation, next: 'again' })}
          >
            Start again…
          </Button>
        ) : null}
        <Button className="button-small" variant="quiet" onPress={() => void keep()}>
          Keep
        </Button>
      </span>
    </section>
  )
}
