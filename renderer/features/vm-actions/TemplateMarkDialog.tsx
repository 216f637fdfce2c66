import { vmKey, type VmRef } from '../../../shared/model/ids'
import { api } from '../../api/client'
import { useAnswer } from '../../api/use-answer'
import { ConfirmDialog } from '../../components/ConfirmDialog'
import { closeDialog } from '../../stores/dialogs'
import { useClaimedTask } from '../../stores/use-claimed-task'
import { useVm } from '../../stores/vms'
import { TemplateIcon } from '../../ui/icons/objects'
import { Note } from '../../ui/Note'
import { Spinner } from '../../ui/Spinner'

/** Makes a VM a template, or a VM like others again, after saying what that means. */
export function TemplateMarkDialog({ target }: { target: VmRef }) {
  const vm = useVm(vmKey(target))
  const run = useClaimedTask()
  if (!vm) return null
  const isTemplate = vm.isTemplate === true
  return (
    <ConfirmDialog
      title={isTemplate ? `Shall ${vm.name} no longer be a template?` : `Make ${vm.name} a template?`}
      confirmLabel={isTemplate ? 'Take the mark away' : 'Make it a template'}
      icon={TemplateIcon}
      onClose={closeDialog}
      onConfirm={async () => {
        await run(() => api.vms.setTemplate({ ...target, isTemplate: !isTemplate }))
        closeDialog()
      }}
    >
      {isTemplate ? (
        <>
          <p>It can then be started, changed and deleted again.</p>
          <BuiltOn target={target} />
        </>
      ) : (
        <>
          <p>
            New VMs can be made of it, quickly and with little space. It is neither started, changed nor
            deleted from here until the mark is taken away, so what is built on its disks keeps working.
          </p>
          <p className="secondary">
            The mark is kept in its definition. Other programs do not know it and can still start the VM.
            {vm.autostart ? ' Its autostart is turned off.' : ''}
          </p>
        </>
      )}
    </ConfirmDialog>
  )
}

/** Who would lose data when it is started. */
function BuiltOn({ target }: { target: VmRef }) {
  const { value, error } = useAnswer(`built on ${vmKey(target)}`, () => api.vms.builtOn(target))
  if (error)
    return (
      <Note tone="warning" title="Nobody knows whether other VMs are built on its disks">
        {error.message}. If some are, starting it destroys them.
      </Note>
    )
  if (!value)
    return (
      <p className="secondary" role="status">
        <Spinner size={14} /> Looking for VMs that are built on its disks…
      </p>
    )
  if (value.length === 0) return <p className="secondary">No VM of this host is built on its disks.</p>
  return (
    <Note tone="warning" title={`Built on its disks: ${value.join(', ')}`}>
      Starting this VM, or changing its disks, destroys their data.
    </Note>
  )
}
