import { solidIcon, strokeIcon } from './icon'

export const PlayIcon = solidIcon(
  <path d="M4.5 3.1v9.8c0 .6.65.97 1.16.66l7.9-4.9a.78.78 0 0 0 0-1.32l-7.9-4.9a.77.77 0 0 0-1.16.66Z" />,
)
export const PauseIcon = solidIcon(
  <>
    <rect x="3.75" y="3" width="3" height="10" rx="0.9" />
    <rect x="9.25" y="3" width="3" height="10" rx="0.9" />
  </>,
)
export const PowerIcon = strokeIcon(
  <>
    <path d="M8 1.9v5.6" />
    <path d="M4.8 3.9a5.3 5.3 0 1 0 6.4 0" />
  </>,
)
export const RebootIcon = strokeIcon(
  <>
    <path d="M13.2 8a5.2 5.2 0 1 1-1.6-3.75" />
    <path d="M13.4 2v3h-3" />
  </>,
)
export const ResetIcon = strokeIcon(<path d="M8.9 1.8 3.4 9h4.1l-.5 5.2L12.6 7H8.4l.5-5.2Z" />)
export const ForceOffIcon = solidIcon(<rect x="3.25" y="3.25" width="9.5" height="9.5" rx="1.6" />)
export const SaveIcon = strokeIcon(
  <>
    <path d="M8 2v7" />
    <path d="M5.2 6.4 8 9.2l2.8-2.8" />
    <path d="M2.5 10.5v2a1.2 1.2 0 0 0 1.2 1.2h8.6a1.2 1.2 0 0 0 1.2-1.2v-2" />
  </>,
)
export const RestoreIcon = strokeIcon(
  <>
    <path d="M8 9.2v-7" />
    <path d="M5.2 4.8 8 2l2.8 2.8" />
    <path d="M2.5 10.5v2a1.2 1.2 0 0 0 1.2 1.2h8.6a1.2 1.2 0 0 0 1.2-1.2v-2" />
  </>,
)
export const MoonIcon = strokeIcon(<path d="M13.3 9.6A5.7 5.7 0 0 1 6.4 2.7a5.7 5.7 0 1 0 6.9 6.9Z" />)
export const OffIcon = strokeIcon(<rect x="3.75" y="3.75" width="8.5" height="8.5" rx="1.6" />)
