import { strokeIcon } from '../../ui/icons/icon'

export const SmallerTextIcon = strokeIcon(<path d="M2.2 12.4 5.6 3.6l3.4 8.8M3.3 9.6h4.6M10.8 8h3.6" />)
export const LargerTextIcon = strokeIcon(
  <path d="M2.2 12.4 5.6 3.6l3.4 8.8M3.3 9.6h4.6M10.8 8h3.6M12.6 6.2v3.6" />,
)
export const RecordIcon = strokeIcon(
  <>
    <circle cx="8" cy="8" r="5.6" />
    <circle cx="8" cy="8" r="2" fill="currentColor" stroke="none" />
  </>,
)
