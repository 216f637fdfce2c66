import { useState } from 'react'
import { IconButton } from '../../ui/Button'
import { CloseIcon, WarningIcon } from '../../ui/icons/general'

/** Must be seen: the substitute runtime lacks security fixes. */
export function SubstituteBanner() {
  const [isShown, setShown] = useState(true)
  return isShown ? (
    <aside className="banner" aria-label="Notice">
      <WarningIcon size={14} />
      <span>
        Running on a substitute for the official Electron runtime, without security updates: for development
        and tests only.
      </span>
      <IconButton
        icon={CloseIcon}
        label="Hide this notice"
        className="button-small"
        onPress={() => setShown(false)}
      />
    </aside>
  ) : null
}
