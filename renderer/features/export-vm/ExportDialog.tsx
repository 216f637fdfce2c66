import { useState } from 'react'
import { errorData, type ErrorData } from '../../../shared/errors'
import type { ExportInput, ExportKind, ExportPlan, OvfDiskFormat } from '../../../shared/model/export'
import { vmKey, type VmRef } from '../../../shared/model/ids'
import type { LocalFile } from '../../../shared/model/storage/image'
import type { Vm } from '../../../shared/model/vm'
import { formatBytes } from '../../../shared/units'
import { api } from '../../api/client'
import { useAsked } from '../../api/use-asked'
import { ErrorBox } from '../../components/ErrorBox'
import { closeDialog } from '../../stores/dialogs'
import { useVm } from '../../stores/vms'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { DownloadIcon } from '../../ui/icons/storage'
import { Note } from '../../ui/Note'
import { Segmented } from '../../ui/Segmented'
import { Select } from '../../ui/Select'
import { Spinner } from '../../ui/Spinner'
import { ExportDisks } from './ExportDisks'
import './export-vm.css'

export function ExportDialog({ target }: { target: VmRef }) {
  const vm = useVm(vmKey(target))
  return vm ? <ExportForm key={vmKey(target)} vm={vm} target={target} /> : null
}

const kindText: Record<ExportKind, string> = {
  bundle:
    'Everything as it is: the definition, the UEFI variables, the disks and the SHA-256 sums of all. Innkeeper makes a VM of it again, on any host.',
  ovf: 'For VMware, VirtualBox and others: what an OVF can say of the VM, and its disks in a format they read.',
}

const diskFormats: readonly { readonly id: OvfDiskFormat; readonly label: string }[] = [
  { id: 'vmdk', label: 'VMDK: VMware, VirtualBox' },
  { id: 'qcow2', label: 'qcow2: oVirt, Proxmox VE' },
  { id: 'raw', label: 'raw: any program' },
]

/** What is taken along, how, and where to; and what does not come along, before anything is done. */
function ExportForm({ vm, target }: { vm: Vm; target: VmRef }) {
  const [kind, setKind] = useState<ExportKind>('bundle')
  const [as, setAs] = useState<ExportInput['as']>('file')
  const [diskFormat, setDiskFormat] = useState<OvfDiskFormat>('vmdk')
  const [disks, setDisks] = useState<readonly string[]>()
  const [pool, setPool] = useState<string>()
  const [file, setFile] = useState<LocalFile>()
  const [isBusy, setBusy] = useState(false)
  const [refused, setRefused] = useState<ErrorData>()
  const input: ExportInput = {
    ...target,
    kind,
    as,
    ...(kind === 'ovf' ? { diskFormat } : {}),
    ...(disks === undefined ? {} : { disks: [...disks] }),
    ...(pool === undefined ? {} : { pool }),
    ...(file === undefined ? {} : { file: file.id }),
  }
  const asked = useAsked(
    { input, state: vm.state },
    (wanted): Promise<ExportPlan> => api.vms.exportPlan(wanted.input),
  )
  const plan = asked.value
  const problems = plan?.problems ?? []
  const canExport =
    file !== undefined &&
    plan !== undefined &&
    asked.isCurrent &&
    asked.error === undefined &&
    !problems.some(({ level }) => level === 'error')

  const choose = async (): Promise<void> => {
    setRefused(undefined)
    try {
      const chosen = await api.files.chooseLocal({
        kind: 'save',
        title: `Export ${vm.name}`,
        name: plan?.fileName ?? vm.name,
      })
      if (chosen) setFile(chosen)
    } catch (reason) {
      setRefused(errorData(reason))
    }
  }
  const submit = async (): Promise<void> => {
    if (!canExport || isBusy) return
    setBusy(true)
    setRefused(undefined)
    try {
      await api.vms.export({ ...input, file: file.id })
      closeDialog()
    } catch (reason) {
      setRefused(errorData(reason))
      setBusy(false)
    }
  }
  /** The name that was chosen has an ending of what it was chosen for. */
  const change = (set: () => void): void => {
    set()
    setFile(undefined)
  }
  return (
    <Dialog
      title={`Export ${vm.name}`}
      icon={DownloadIcon}
      width={720}
      onClose={closeDialog}
      onSubmit={() => void submit()}
      footer={
        <>
          <span className="push secondary export-sum" role="status">
            {asked.isCurrent ? null : <Spinner size={14} />}
            {asked.isCurrent ? sumText(plan) : 'Asking the host…'}
          </span>
          <Button onPress={closeDialog}>Cancel</Button>
          <Button
            type="submit"
            variant="primary"
            disabledReason={file === undefined ? 'Choose where to first' : undefined}
            isDisabled={!canExport}
            keepsFocus
            isBusy={isBusy}
          >
            Export
          </Button>
        </>
      }
    >
      <div className="export-what">
        <Segmented
          label="What"
          value={kind}
          segments={[
            { id: 'bundle', label: 'Bundle for Innkeeper' },
            { id: 'ovf', label: 'OVF for other hypervisors' },
          ]}
          onChange={(next) =>
            change(() => {
              setKind(next)
              setDisks(undefined)
            })
          }
        />
        <Segmented
          label="As"
          value={as}
          segments={[
            { id: 'file', label: kind === 'ovf' ? 'One file (OVA)' : 'One file' },
            { id: 'folder', label: 'Folder' },
          ]}
          onChange={(next) => change(() => setAs(next))}
        />
      </div>
      <p className="export-hint secondary">{kindText[kind]}</p>
      {asked.error ? (
        <ErrorBox
          error={asked.error}
          title="What would be exported could not be worked out"
          actions={<Button onPress={asked.again}>Ask again</Button>}
        />
      ) : null}
      {plan ? (
        <>
          <ExportDisks
            disks={plan.disks}
            onChange={(name, isIncluded) => {
              const before = plan.disks.filter((disk) => disk.isIncluded).map((disk) => disk.target)
              setDisks(isIncluded ? [...before, name] : before.filter((one) => one !== name))
            }}
          />
          {kind === 'ovf' || plan.pool !== undefined ? (
            <div className="export-how">
              {kind === 'ovf' ? (
                <Select label="Disks as" value={diskFormat} options={diskFormats} onChange={setDiskFormat} />
              ) : null}
              {plan.pool === undefined ? null : (
                <Select
                  label="Images are made in"
                  value={plan.pool}
                  options={plan.pools.map(({ name, freeBytes }) => ({
                    id: name,
                    label: name,
                    ...(freeBytes === undefined ? {} : { hint: `${formatBytes(freeBytes)} free` }),
                  }))}
                  onChange={setPool}
                  hint="On the host, one after the other; each is removed once it was sent"
                />
              )}
            </div>
          ) : null}
        </>
      ) : null}
      <div className="export-where">
        <Button onPress={() => void choose()} isDisabled={plan === undefined}>
          Choose where to…
        </Button>
        <span className={file ? 'mono selectable truncate' : 'secondary'}>
          {file?.name ?? (as === 'file' ? 'A file on this computer' : 'A new folder on this computer')}
        </span>
      </div>
      <div className="export-problems">
        {problems.map(({ level, message, cure }) => (
          <Note key={message} tone={level} title={message}>
            {cure}
          </Note>
        ))}
      </div>
      {refused ? <ErrorBox error={refused} title="Nothing was exported" /> : null}
    </Dialog>
  )
}

function sumText(plan: ExportPlan | undefined): string {
  if (!plan) return ''
  const free = plan.freeBytes === undefined ? '' : ` · ${formatBytes(plan.freeBytes)} free there`
  return `Takes about ${formatBytes(plan.neededBytes)}${free}`
}
