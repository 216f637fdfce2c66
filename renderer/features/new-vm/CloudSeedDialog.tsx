import { useState } from 'react'
import { errorData, type ErrorData } from '../../../shared/errors'
import { vmKey, type VmRef } from '../../../shared/model/ids'
import { cloudInit, type CloudInit } from '../../../shared/model/new-vm/cloud'
import type { CloudSeed } from '../../../shared/model/new-vm/cloud-seed'
import {
  cloudSource,
  keyLines,
  shownCloud,
  type CloudWish,
  type ShownCloud,
} from '../../../shared/model/new-vm/cloud-wish'
import type { PlanProblem } from '../../../shared/model/new-vm/new-vm'
import { api } from '../../api/client'
import { useAnswer } from '../../api/use-answer'
import { ErrorBox } from '../../components/ErrorBox'
import { expectOtherUses } from '../../form/host-data'
import { closeDialog } from '../../stores/dialogs'
import { answeredByTask } from '../../stores/task-claims'
import { showToast } from '../../stores/toasts'
import { useVm } from '../../stores/vms'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { Disclosure } from '../../ui/Disclosure'
import { IdCardIcon } from '../../ui/icons/hardware'
import { Note } from '../../ui/Note'
import { Spinner } from '../../ui/Spinner'
import { FirstStartForm } from './FirstStartStep'
import { SeedFiles } from './SeedFiles'
import './new-vm.css'

/** A new disc for cloud-init in a VM that is there, so that it does its first steps once more. */
export function CloudSeedDialog({ target }: { readonly target: VmRef }) {
  const name = useVm(vmKey(target))?.name ?? 'this VM'
  const { value, error } = useAnswer(`seed ${vmKey(target)}`, () => api.newVm.seed(target))
  if (value) return <SeedForm target={target} seed={value} />
  return (
    <Dialog
      title={`New cloud-init seed for ${name}`}
      icon={IdCardIcon}
      width={560}
      onClose={closeDialog}
      footer={<Button onPress={closeDialog}>Close</Button>}
    >
      {error ? (
        <ErrorBox error={error} />
      ) : value === null ? (
        <Note tone="info" title={`${name} has no disc for cloud-init`}>
          It is a disc labelled “cidata” in a CD drive of the VM, and in a pool of the host that is active.
          VMs that are made from a cloud image here have one.
        </Note>
      ) : (
        <p className="secondary" role="status">
          <Spinner size={14} /> Looking at its discs…
        </p>
      )}
    </Dialog>
  )
}

function SeedForm({ target, seed }: { readonly target: VmRef; readonly seed: CloudSeed }) {
  const [wish, setWish] = useState<CloudWish>(seed.user === undefined ? {} : { userName: seed.user })
  const [isTried, setTried] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<ErrorData>()
  const { name, base, isRunning, replaces } = seed
  const cloud = shownCloud(wish, { choices: undefined, usualPool: undefined, os: undefined }, name, 0)
  const { init, problems } = initOf(cloud, wish)
  const submit = async (): Promise<void> => {
    setTried(true)
    if (!init || isBusy) return
    setBusy(true)
    setError(undefined)
    try {
      const left = await answeredByTask(
        ({ kind, host }) => host === target.host && (kind === 'vm.hardware' || kind === 'volume.upload'),
        () => api.newVm.writeSeed({ ...target, base, init }),
      )
      expectOtherUses(target.host)
      closeDialog()
      if (left.length > 0)
        showToast({
          tone: 'info',
          title: `${name} has its new seed, but not all is done`,
          error: { kind: 'busy', message: left.join(' ') },
        })
    } catch (reason) {
      setError(errorData(reason))
      setBusy(false)
    }
  }
  return (
    <Dialog
      title={`New cloud-init seed for ${name}`}
      icon={IdCardIcon}
      width={720}
      onClose={closeDialog}
      onSubmit={() => void submit()}
      footer={
        <>
          <Button onPress={closeDialog}>Cancel</Button>
          <Button type="submit" variant="primary" isBusy={isBusy}>
            Write the seed
          </Button>
        </>
      }
    >
      <Note
        tone="info"
        title="At its next start cloud-init takes this VM for a new one, and does its first steps again"
      >
        It adds the user, sets the name and the network, installs the packages, and makes new SSH host keys,
        so that clients will ask about them. It undoes nothing: users, packages and files that are there stay.
      </Note>
      <FirstStartForm
        cloud={cloud}
        put={(change) => setWish((before) => ({ ...before, ...change }))}
        problems={isTried ? problems : []}
      />
      {!cloud.isRaw && keyLines(cloud.sshKeys).length === 0 && cloud.password === '' ? (
        <p className="nv-note">
          Without a key or a password this lets nobody in; whoever can log in already still can.
        </p>
      ) : null}
      <p className="nv-note">
        {`The disc ${seed.newVolume} is written into the pool ${seed.pool} and takes the place of ${seed.place} in ${seed.drive}${isRunning ? ', also while the VM runs' : ''}. `}
        {replaces ? 'The old disc is deleted after that.' : 'The old disc stays in its pool.'}
      </p>
      {init ? <Preview target={target} init={init} /> : null}
      {error ? <ErrorBox error={error} /> : null}
    </Dialog>
  )
}

function Preview({ target, init }: { readonly target: VmRef; readonly init: CloudInit }) {
  // a password is shown as a mark, so another one is no other preview
  const { user, ...rest } = init
  const { password, ...shown } = user ?? {}
  const key = JSON.stringify([vmKey(target), rest, shown, password !== undefined])
  const { value, error } = useAnswer(`seed preview ${key}`, () => api.newVm.previewSeed({ ...target, init }))
  return (
    <Disclosure summary="What cloud-init will read">
      {value ? <SeedFiles files={value} heading="h3" /> : null}
      {error ? <ErrorBox error={error} /> : null}
    </Disclosure>
  )
}

function initOf(
  cloud: ShownCloud,
  wish: CloudWish,
): { readonly init?: CloudInit; readonly problems: readonly PlanProblem[] } {
  const { init } = cloudSource(cloud, wish) as { readonly init: unknown }
  const read = cloudInit.safeParse(init)
  if (read.success) return { init: read.data, problems: [] }
  const problems = read.error.issues.map(
    ({ path, message }): PlanProblem => ({
      level: 'error',
      field: ['source.init', ...path].join('.'),
      message,
    }),
  )
  return { problems }
}
