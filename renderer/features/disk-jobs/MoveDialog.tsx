import { useState } from 'react'
import type { DiskPlan, DiskRef, MoveDiskInput } from '../../../shared/model/disk-jobs/disk-job'
import { formatBytes } from '../../../shared/units'
import { api } from '../../api/client'
import { ConfirmDialog } from '../../components/ConfirmDialog'
import { closeDialog } from '../../stores/dialogs'
import { useBriefTask } from '../../stores/use-brief-task'
import { Checkbox } from '../../ui/Checkbox'
import { DiskIcon } from '../../ui/icons/hardware'
import { Note } from '../../ui/Note'
import { Segmented } from '../../ui/Segmented'
import { Select } from '../../ui/Select'
import { TextField } from '../../ui/TextField'
import { LimitField, limitError, PathList, useDiskPlan, Waiting, type Limit } from './parts'

/** Into another pool, name or format; while the VM runs it goes on, and is switched in the end. */
export function MoveDialog({ disk }: { disk: DiskRef }) {
  const answer = useDiskPlan(disk)
  const { value: plan } = answer
  if (plan && plan.whyNot.move === undefined) return <MoveForm disk={disk} plan={plan} />
  return (
    <ConfirmDialog
      title={`Move disk ${disk.target}`}
      confirmLabel={undefined}
      icon={DiskIcon}
      width={560}
      onClose={closeDialog}
      onConfirm={async () => closeDialog()}
    >
      {plan ? <Note tone="warning" title={`${plan.whyNot.move}.`} /> : <Waiting answer={answer} />}
    </ConfirmDialog>
  )
}

function MoveForm({ disk, plan }: { disk: DiskRef; plan: DiskPlan }) {
  const { facts, pools, at, whyNot, vmName } = plan
  const [image] = facts.layers
  const [pool, setPool] = useState(
    () => (pools.find(({ name }) => name !== at?.pool) ?? pools[0])?.name ?? '',
  )
  const [format, setFormat] = useState<'qcow2' | 'raw'>(image?.format === 'raw' ? 'raw' : 'qcow2')
  const [typed, setName] = useState<string>()
  const [finish, setFinish] = useState<'switch' | 'keep'>('switch')
  const [deletesOld, setDeletesOld] = useState(false)
  const [limit, setLimit] = useState<Limit>()
  const run = useBriefTask()
  const taken = plan.taken[pool] ?? []
  const name = typed ?? suggestedName(image?.place ?? vmName, format, taken)
  const nameError =
    name.trim() === ''
      ? 'Enter a name'
      : name.includes('/')
        ? 'Use no “/”'
        : taken.includes(name.trim())
          ? 'There is a volume of this name in the pool'
          : undefined
  const isSwitch = finish === 'switch'
  const free = pools.find((one) => one.name === pool)?.freeBytes
  const removes = isSwitch && deletesOld && whyNot.deleteOld === undefined
  const input: MoveDiskInput = {
    ...disk,
    pool,
    volume: name.trim(),
    format,
    finish,
    deletesOld: removes,
    ...(typeof limit === 'number' ? { limitBytesPerSecond: limit } : {}),
  }
  return (
    <ConfirmDialog
      title={`Move disk ${disk.target} of ${vmName}`}
      confirmLabel={isSwitch ? 'Move' : 'Copy'}
      icon={DiskIcon}
      width={560}
      canConfirm={nameError === undefined && limitError(limit) === undefined}
      onClose={closeDialog}
      onConfirm={async () => {
        await run(() => api.diskJobs.move(input))
        closeDialog()
      }}
    >
      <p className="secondary">
        {facts.isRunning
          ? 'The VM runs on: its disk is copied, both are kept equal, and then it goes on with the copy.'
          : 'The VM is off: its pool copies the image, and the definition names the copy then.'}
        {facts.sizeBytes === undefined ? '' : ` The disk has ${formatBytes(facts.sizeBytes)}.`}
      </p>
      <div className="disk-job-two">
        <Select
          label="To pool"
          value={pool}
          onChange={setPool}
          options={pools.map((one) => ({
            id: one.name,
            label: one.name,
            ...(one.freeBytes === undefined ? {} : { hint: `${formatBytes(one.freeBytes)} free` }),
          }))}
        />
        <Select<'qcow2' | 'raw'>
          label="Format"
          value={format}
          onChange={setFormat}
          options={[
            { id: 'qcow2', label: 'qcow2' },
            { id: 'raw', label: 'raw' },
          ]}
        />
      </div>
      {free !== undefined && facts.sizeBytes !== undefined && free < facts.sizeBytes ? (
        <Note tone="warning" title={roomText(facts.sizeBytes, pool, free)}>
          When the pool is full the copy ends, nothing of it stays, and the VM goes on as it is.
        </Note>
      ) : null}
      <TextField label="Name there" value={name} onChange={setName} isMono error={nameError} />
      {facts.isRunning ? (
        <div className="disk-job-two">
          <Segmented<'switch' | 'keep'>
            label="Once both are equal"
            value={finish}
            onChange={setFinish}
            segments={[
              { id: 'switch', label: 'Use the copy' },
              { id: 'keep', label: 'Just keep it' },
            ]}
          />
          <LimitField value={limit} onChange={setLimit} />
        </div>
      ) : null}
      {isSwitch ? (
        <>
          <Checkbox isSelected={removes} onChange={setDeletesOld} isDisabled={whyNot.deleteOld !== undefined}>
            Delete the old image afterwards
          </Checkbox>
          <p className="secondary">
            {whyNot.deleteOld !== undefined
              ? `It stays: ${whyNot.deleteOld[0]?.toLowerCase()}${whyNot.deleteOld.slice(1)}.`
              : removes
                ? 'This is deleted once the VM uses the copy:'
                : 'This stays, and takes space until it is deleted in Storage:'}
          </p>
          {image ? <PathList label="Old image" paths={[image.place]} /> : null}
        </>
      ) : (
        <p className="secondary">
          {vmName} stays where it is. The copy has what the disk had at that moment, as after a power cut.
        </p>
      )}
      {facts.layers.length > 1 ? (
        <p className="secondary">
          The copy stands alone. What the old image is built on stays:{' '}
          {facts.layers
            .slice(1)
            .map(({ place }) => place)
            .join(', ')}
        </p>
      ) : null}
      {plan.notes.map((note) => (
        <Note key={note} tone="warning" title={note} />
      ))}
    </ConfirmDialog>
  )
}

function roomText(sizeBytes: number, pool: string, freeBytes: number): string {
  return `The copy may take ${formatBytes(sizeBytes)}, and pool ${pool} has ${formatBytes(freeBytes)} left.`
}

/** As it is called now, with the ending of its format, and free. */
function suggestedName(place: string, format: string, taken: readonly string[]): string {
  const stem = place.slice(place.lastIndexOf('/') + 1).replace(/\.(qcow2|img|raw)$/, '')
  const ending = format === 'raw' ? '.img' : '.qcow2'
  for (let number = 1; ; number += 1) {
    const name = `${stem}${number === 1 ? '' : `-${number}`}${ending}`
    if (!taken.includes(name)) return name
  }
}
