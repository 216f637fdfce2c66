import { lazy, Suspense } from 'react'
import { assertNever } from '../../../shared/assert-never'
import { vmKey } from '../../../shared/model/ids'
import { useDialog, type DialogRequest } from '../../stores/dialogs'
import { AddHostDialog } from '../connections/AddHostDialog'
import { EditHostDialog } from '../connections/EditHostDialog'
import { ImportDialog } from '../connections/ImportDialog'
import { MoveHostDialog } from '../connections/MoveHostDialog'
import { RenameGroupDialog } from '../connections/RenameGroupDialog'
import { DiagnosisDialog } from '../diagnosis/DiagnosisDialog'
import { DeleteVmDialog } from '../delete-vm/DeleteVmDialog'
import { HostLogDialog } from '../hosts/HostLogDialog'
import { TakeOutDialog } from '../install-media/TakeOutDialog'
import { RemoveHostDialog } from '../hosts/RemoveHostDialog'
import { RecipesDialog } from '../recipes/RecipesDialog'
import { CleanUpDialog } from '../unfinished/CleanUpDialog'
import { AskAgentDialog } from '../vm-actions/AskAgentDialog'
import { ConfirmPowerDialog } from '../vm-actions/ConfirmPowerDialog'
import { TemplateMarkDialog } from '../vm-actions/TemplateMarkDialog'
import { RenameDialog } from '../vm-actions/RenameDialog'
import { AboutDialog } from './AboutDialog'

// Every kind of hardware comes with them; only its page opens them.
const HardwareDialog = lazy(() =>
  import('../hardware/dialogs/HardwareDialog').then((module) => ({ default: module.HardwareDialog })),
)

const StorageDialog = lazy(() =>
  import('../storage/dialogs/StorageDialog').then((module) => ({ default: module.StorageDialog })),
)

const SaveDialogs = lazy(() =>
  import('../saves/SaveDialogs').then((module) => ({ default: module.SaveDialogs })),
)

const NetworkDialogs = lazy(() =>
  import('../networks/dialogs/NetworkDialogs').then((module) => ({ default: module.NetworkDialogs })),
)
const SecretDialogs = lazy(() =>
  import('../secrets/SecretDialogs').then((module) => ({ default: module.SecretDialogs })),
)

const ImageDialog = lazy(() =>
  import('../images/ImageDialog').then((module) => ({ default: module.ImageDialog })),
)
const OrphansDialog = lazy(() =>
  import('../images/OrphansDialog').then((module) => ({ default: module.OrphansDialog })),
)

const SnapshotDialogs = lazy(() =>
  import('../snapshots/dialogs/SnapshotDialogs').then((module) => ({ default: module.SnapshotDialogs })),
)

const ThresholdsDialog = lazy(() =>
  import('../thresholds/ThresholdsDialog').then((module) => ({ default: module.ThresholdsDialog })),
)

const NewVmDialog = lazy(() =>
  import('../new-vm/NewVmDialog').then((module) => ({ default: module.NewVmDialog })),
)

const CloudSeedDialog = lazy(() =>
  import('../new-vm/CloudSeedDialog').then((module) => ({ default: module.CloudSeedDialog })),
)

const FromDefinitionDialog = lazy(() =>
  import('../new-vm/FromDefinitionDialog').then((module) => ({ default: module.FromDefinitionDialog })),
)

const FromCommandDialog = lazy(() =>
  import('../new-vm/FromCommandDialog').then((module) => ({ default: module.FromCommandDialog })),
)

const FromTemplateDialog = lazy(() =>
  import('../clone-vm/FromTemplateDialog').then((module) => ({ default: module.FromTemplateDialog })),
)
const ExportDialog = lazy(() =>
  import('../export-vm/ExportDialog').then((module) => ({ default: module.ExportDialog })),
)
const BundleDialog = lazy(() =>
  import('../new-vm/BundleDialog').then((module) => ({ default: module.BundleDialog })),
)
const CloneDialog = lazy(() =>
  import('../clone-vm/CloneDialog').then((module) => ({ default: module.CloneDialog })),
)

const BackupDialog = lazy(() =>
  import('../backups/BackupDialog').then((module) => ({ default: module.BackupDialog })),
)
const DiskJobDialog = lazy(() =>
  import('../disk-jobs/DiskJobDialog').then((module) => ({ default: module.DiskJobDialog })),
)

const MoveDialog = lazy(() =>
  import('../move-vms/MoveDialog').then((module) => ({ default: module.MoveDialog })),
)

const DraftDialog = lazy(() =>
  import('../hardware/DraftDialog').then((module) => ({ default: module.DraftDialog })),
)

const PreferencesDialog = lazy(() =>
  import('../preferences/PreferencesDialog').then((module) => ({ default: module.PreferencesDialog })),
)

/** The one place where dialogs are drawn. */
export function Dialogs() {
  const open = useDialog((state) => state.open)
  return open ? dialogFor(open) : null
}

function dialogFor(dialog: DialogRequest) {
  switch (dialog.kind) {
    case 'addHost':
      return <AddHostDialog like={dialog.like} group={dialog.group} />
    case 'editHost':
      return <EditHostDialog id={dialog.host} />
    case 'removeHost':
      return <RemoveHostDialog id={dialog.host} />
    case 'hostLog':
      return <HostLogDialog id={dialog.host} />
    case 'importHosts':
      return <ImportDialog />
    case 'moveHost':
      return <MoveHostDialog id={dialog.host} />
    case 'renameGroup':
      return <RenameGroupDialog group={dialog.group} />
    case 'preferences':
      return (
        <Suspense fallback={null}>
          <PreferencesDialog />
        </Suspense>
      )
    case 'diagnosis':
      return <DiagnosisDialog key={dialog.host} id={dialog.host} isReturn={dialog.isReturn ?? false} />
    case 'recipes':
      return <RecipesDialog recipe={dialog.recipe} host={dialog.host} back={dialog.back} />
    case 'newVm':
      return (
        <Suspense fallback={null}>
          <NewVmDialog key={dialog.host} host={dialog.host} begin={dialog.begin} DraftEditor={DraftDialog} />
        </Suspense>
      )
    case 'cleanUpCreation':
      return <CleanUpDialog key={dialog.creation.id} {...dialog} />
    case 'newVmFromDefinition':
      return (
        <Suspense fallback={null}>
          <FromDefinitionDialog key={dialog.host} host={dialog.host} xml={dialog.xml} />
        </Suspense>
      )
    case 'newVmFromCommand':
      return (
        <Suspense fallback={null}>
          <FromCommandDialog key={dialog.host} host={dialog.host} begin={dialog.text} />
        </Suspense>
      )
    case 'renameVm':
      return <RenameDialog key={vmKey(dialog.ref)} target={dialog.ref} />
    case 'cloneVm':
      return (
        <Suspense fallback={null}>
          <CloneDialog target={dialog.ref} snapshot={dialog.snapshot} />
        </Suspense>
      )
    case 'moveVms':
      return (
        <Suspense fallback={null}>
          <MoveDialog refs={dialog.refs} to={dialog.to} />
        </Suspense>
      )
    case 'exportVm':
      return (
        <Suspense fallback={null}>
          <ExportDialog target={dialog.ref} />
        </Suspense>
      )
    case 'newVmFromBundle':
      return (
        <Suspense fallback={null}>
          <BundleDialog key={dialog.file} host={dialog.host} file={dialog.file} bundle={dialog.bundle} />
        </Suspense>
      )
    case 'newVmFromTemplate':
      return (
        <Suspense fallback={null}>
          <FromTemplateDialog key={dialog.host} host={dialog.host} template={dialog.template} />
        </Suspense>
      )
    case 'askAgent':
      return <AskAgentDialog key={vmKey(dialog.ref)} target={dialog.ref} />
    case 'templateMark':
      return <TemplateMarkDialog key={vmKey(dialog.ref)} target={dialog.ref} />
    case 'cloudSeed':
      return (
        <Suspense fallback={null}>
          <CloudSeedDialog key={vmKey(dialog.ref)} target={dialog.ref} />
        </Suspense>
      )
    case 'takeOutMedia':
      return <TakeOutDialog key={vmKey(dialog.ref)} target={dialog.ref} found={dialog.found} />
    case 'deleteVm':
      return <DeleteVmDialog key={dialog.refs.map(vmKey).join()} targets={dialog.refs} />
    case 'confirmPower':
      return <ConfirmPowerDialog action={dialog.action} refs={dialog.refs} next={dialog.next} />
    case 'addHardware':
    case 'removeHardware':
    case 'reviewHardware':
    case 'hardwareConflict':
      return (
        <Suspense fallback={null}>
          <HardwareDialog key={vmKey(dialog.ref)} dialog={dialog} />
        </Suspense>
      )
    case 'hostBackups':
      return (
        <Suspense fallback={null}>
          <BackupDialog key={dialog.host} dialog={dialog} />
        </Suspense>
      )
    case 'backUp':
    case 'restoreBackup':
    case 'deleteBackup':
    case 'deleteCheckpoint':
      return (
        <Suspense fallback={null}>
          <BackupDialog key={`${dialog.kind} ${vmKey(dialog.ref)}`} dialog={dialog} />
        </Suspense>
      )
    case 'moveDisk':
    case 'flattenDisk':
    case 'mergeDisk':
    case 'diskJobLimit':
    case 'stopDiskJob':
      return (
        <Suspense fallback={null}>
          <DiskJobDialog key={`${dialog.kind} ${vmKey(dialog.disk)} ${dialog.disk.target}`} dialog={dialog} />
        </Suspense>
      )
    case 'storage':
      return (
        <Suspense fallback={null}>
          <StorageDialog key={JSON.stringify(dialog)} dialog={dialog} />
        </Suspense>
      )
    case 'saveToFile':
    case 'dumpMemory':
    case 'restoreFile':
    case 'deleteSavedFile':
    case 'savedDefinition':
    case 'startSaved':
      return (
        <Suspense fallback={null}>
          <SaveDialogs key={JSON.stringify(dialog)} dialog={dialog} />
        </Suspense>
      )
    case 'editNetwork':
    case 'stopNetwork':
    case 'restartNetwork':
    case 'deleteNetwork':
    case 'reserveAddress':
    case 'newFilter':
    case 'deleteFilter':
      return (
        <Suspense fallback={null}>
          <NetworkDialogs key={JSON.stringify(dialog)} dialog={dialog} />
        </Suspense>
      )
    case 'newSecret':
    case 'setSecretValue':
    case 'deleteSecret':
      return (
        <Suspense fallback={null}>
          <SecretDialogs key={JSON.stringify(dialog)} dialog={dialog} />
        </Suspense>
      )
    case 'image':
      return (
        <Suspense fallback={null}>
          <ImageDialog key={`${dialog.host} ${dialog.path}`} host={dialog.host} path={dialog.path} />
        </Suspense>
      )
    case 'orphans':
      return (
        <Suspense fallback={null}>
          <OrphansDialog key={dialog.host} host={dialog.host} />
        </Suspense>
      )
    case 'takeSnapshot':
    case 'scheduleSnapshots':
    case 'revertSnapshot':
    case 'editSnapshot':
    case 'deleteSnapshots':
      return (
        <Suspense fallback={null}>
          <SnapshotDialogs key={JSON.stringify(dialog)} dialog={dialog} />
        </Suspense>
      )
    case 'thresholds':
      return (
        <Suspense fallback={null}>
          <ThresholdsDialog target={dialog.ref} />
        </Suspense>
      )
    case 'about':
      return <AboutDialog />
    default:
      return assertNever(dialog)
  }
}
