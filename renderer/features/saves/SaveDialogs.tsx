import { vmKey } from '../../../shared/model/ids'
import type { SaveDialogRequest } from '../../stores/save-dialogs'
import { DeleteSavedFileDialog } from './DeleteSavedFileDialog'
import { DumpMemoryDialog } from './DumpMemoryDialog'
import { RestoreFileDialog } from './RestoreFileDialog'
import { SavedDefinitionDialog } from './SavedDefinitionDialog'
import { SaveToFileDialog } from './SaveToFileDialog'
import { StartSavedDialog } from './StartSavedDialog'

export function SaveDialogs({ dialog }: { dialog: SaveDialogRequest }) {
  switch (dialog.kind) {
    case 'saveToFile':
      return <SaveToFileDialog key={vmKey(dialog.ref)} target={dialog.ref} />
    case 'dumpMemory':
      return <DumpMemoryDialog key={vmKey(dialog.ref)} target={dialog.ref} />
    case 'restoreFile':
      return <RestoreFileDialog host={dialog.host} path={dialog.path} />
    case 'deleteSavedFile':
      return <DeleteSavedFileDialog host={dialog.host} file={dialog.file} />
    case 'savedDefinition':
      return <SavedDefinitionDialog host={dialog.host} of={dialog.of} name={dialog.name} />
    case 'startSaved':
      return <StartSavedDialog targets={dialog.refs} action={dialog.action} />
  }
}
