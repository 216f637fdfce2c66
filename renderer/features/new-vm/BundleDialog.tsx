import { useState } from 'react'
import { errorData, type ErrorData } from '../../../shared/errors'
import type { HostId } from '../../../shared/model/ids'
import type { BundleInput, BundlePlan, BundleSummary } from '../../../shared/model/new-vm/bundle'
import { vmName } from '../../../shared/model/vm'
import { formatBytes } from '../../../shared/units'
import { api } from '../../api/client'
import { useAsked } from '../../api/use-asked'
import { CommandBlock } from '../../components/CommandBlock'
import { ErrorBox } from '../../components/ErrorBox'
import { closeDialog } from '../../stores/dialogs'
import { useHost } from '../../stores/hosts'
import { claimTask } from '../../stores/task-claims'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { Disclosure } from '../../ui/Disclosure'
import { UploadIcon } from '../../ui/icons/storage'
import { Note } from '../../ui/Note'
import { Segmented } from '../../ui/Segmented'
import { Select } from '../../ui/Select'
import { Switch } from '../../ui/Switch'
import { TextField } from '../../ui/TextField'
import { whyNoNewVm } from '../hosts/new-vm-entry'
import { tellEnd } from './create'
import { HostSelect } from './parts'
import { errorAt, problemText } from './steps'
import './new-vm.css'

interface Props {
  readonly host: HostId
  readonly file: string
  readonly bundle: BundleSummary
}

/** A VM of a bundle that Innkeeper wrote: as it was, in places of this host. */
export function BundleDialog({ host: first, file, bundle }: Props) {
  const [host, setHost] = useState(first)
  const [name, setName] = useState(bundle.name)
  const [identity, setIdentity] = useState<BundleInput['identity']>('keep')
  const [pool, setPool] = useState<string>()
  const [startsNow, setStartsNow] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const [failure, setFailure] = useState<ErrorData>()
  const locked = whyNoNewVm(useHost(host))
  const wrongName = vmName.safeParse(name).error?.issues[0]?.message
  const input: BundleInput | undefined =
    locked !== undefined || wrongName !== undefined
      ? undefined
      : { host, file, name: name.trim(), identity, startsNow, ...(pool === undefined ? {} : { pool }) }
  const asked = useAsked(input, (wanted): Promise<BundlePlan> => api.newVm.planBundle(wanted))
  const plan = input ? asked.value : undefined
  const problems = plan?.problems ?? []
  const isReady = asked.isCurrent && plan !== undefined && !problems.some(({ level }) => level === 'error')
  const create = async (): Promise<void> => {
    if (!input || !isReady || isBusy) return
    setBusy(true)
    setFailure(undefined)
    try {
      const claim = await claimTask(() => api.newVm.createFromBundle(input))
      closeDialog()
      await tellEnd({ host, name: input.name, startsNow }, claim.ended, () => ({
        kind: 'newVmFromBundle',
        host,
        file,
        bundle,
      }))
    } catch (reason) {
      setFailure(errorData(reason))
      setBusy(false)
    }
  }
  return (
    <Dialog
      title={`VM from the bundle of ${bundle.name}`}
      icon={UploadIcon}
      width={720}
      onClose={closeDialog}
      onSubmit={() => void create()}
      footer={
        <>
          <Button onPress={closeDialog}>Cancel</Button>
          <Button
            type="submit"
            variant="primary"
            isBusy={isBusy}
            disabledReason={locked}
            isDisabled={!isReady}
            keepsFocus
          >
            Create
          </Button>
        </>
      }
    >
      <div className="nv-top">
        <TextField
          label="Name"
          value={name}
          onChange={setName}
          error={wrongName ?? errorAt(problems, 'name')}
          autoFocus
        />
        <HostSelect
          host={host}
          onChange={(next) => {
            setHost(next)
            setPool(undefined)
          }}
        />
      </div>
      <p className="nv-note">
        Exported on {new Date(bundle.exportedAtMs).toLocaleString()}. Each file is held against its sum while
        it is uploaded.
      </p>
      {bundle.disks.length === 0 ? (
        <p className="secondary">It has no disks.</p>
      ) : (
        <table className="host-table" aria-label="Disks of the bundle">
          <tbody>
            {bundle.disks.map(({ target, file: member, format, capacityBytes, sizeBytes }, at) => (
              <tr key={target}>
                <th scope="row">{target}</th>
                <td className="mono">{plan?.disks[at]?.to ?? member}</td>
                <td>
                  {formatBytes(capacityBytes)}, {format}, {formatBytes(sizeBytes)} to upload
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {plan && plan.pools.length > 0 && bundle.disks.length > 0 ? (
        <Select
          label="Disks go to"
          value={plan.pool ?? ''}
          options={plan.pools.map(({ name: id, freeBytes }) => ({
            id,
            label: id,
            ...(freeBytes === undefined ? {} : { hint: `${formatBytes(freeBytes)} free` }),
          }))}
          onChange={setPool}
          error={errorAt(problems, 'pool')}
        />
      ) : null}
      <Segmented
        label="Identity"
        value={identity}
        segments={[
          { id: 'keep', label: 'The same VM, with its UUID and addresses' },
          { id: 'new', label: 'A VM of its own' },
        ]}
        onChange={setIdentity}
      />
      {problems
        .filter(({ field }) => field !== 'name' && field !== 'pool')
        .map((problem) => (
          <Note key={problem.message} tone={problem.level}>
            {problemText(problem)}
          </Note>
        ))}
      {plan?.xml === undefined ? null : (
        <Disclosure summary="The definition">
          <CommandBlock text={plan.xml} what="definition" />
        </Disclosure>
      )}
      {asked.error ? <ErrorBox error={asked.error} title="The bundle cannot be used" /> : null}
      {failure ? <ErrorBox error={failure} title="The VM was not created" /> : null}
      <Switch isSelected={startsNow} onChange={setStartsNow}>
        Start it now and open its console
      </Switch>
    </Dialog>
  )
}
