import { closeDialog } from '../../stores/dialogs'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { PollingPreferences } from './PollingPreferences'
import './preferences.css'

/** What the user wants of the app itself. Each change counts at once. */
export function PreferencesDialog() {
  return (
    <Dialog
      title="Preferences"
      width={520}
      isDismissable
      onClose={closeDialog}
      footer={
        <Button variant="primary" onPress={closeDialog}>
          Done
        </Button>
      }
    >
      <PollingPreferences />
    </Dialog>
  )
}
