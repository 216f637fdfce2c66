import { strokeIcon } from '../../ui/icons/icon'

export const KeyboardIcon = strokeIcon(
  <>
    <rect x="1.4" y="3.8" width="13.2" height="8.4" rx="1.4" />
    <path d="M4 6.5h.01M6.7 6.5h.01M9.3 6.5h.01M12 6.5h.01M4 9.5h.01M12 9.5h.01M6.3 9.5h3.4" />
  </>,
)
export const FitIcon = strokeIcon(
  <>
    <rect x="1.8" y="2.8" width="12.4" height="10.4" rx="1.3" />
    <path d="M8.9 7.1 11.4 4.9M11.4 7V4.9H9.2M7.1 8.9l-2.5 2.2M4.6 9v2.1h2.2" />
  </>,
)
export const EyeIcon = strokeIcon(
  <>
    <path d="M1.5 8S3.9 3.7 8 3.7 14.5 8 14.5 8 12.1 12.3 8 12.3 1.5 8 1.5 8Z" />
    <circle cx="8" cy="8" r="1.9" />
  </>,
)
export const CameraIcon = strokeIcon(
  <>
    <path d="M2.8 4.6h2.1l1-1.6h4.2l1 1.6h2.1a1.2 1.2 0 0 1 1.2 1.2v6a1.2 1.2 0 0 1-1.2 1.2H2.8a1.2 1.2 0 0 1-1.2-1.2v-6a1.2 1.2 0 0 1 1.2-1.2Z" />
    <circle cx="8" cy="8.6" r="2.3" />
  </>,
)
export const FullScreenIcon = strokeIcon(
  <path d="M2.4 6V3.4a1 1 0 0 1 1-1H6M10 2.4h2.6a1 1 0 0 1 1 1V6M13.6 10v2.6a1 1 0 0 1-1 1H10M6 13.6H3.4a1 1 0 0 1-1-1V10" />,
)
export const LeaveFullScreenIcon = strokeIcon(
  <path d="M6 2.4V5a1 1 0 0 1-1 1H2.4M13.6 6H11a1 1 0 0 1-1-1V2.4M10 13.6V11a1 1 0 0 1 1-1h2.6M2.4 10H5a1 1 0 0 1 1 1v2.6" />,
)
