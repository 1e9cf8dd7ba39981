import type { GuestPlaceResponse } from '../platform/contracts';

/** The page that a guest's link leads to. */
export function guestPath(place: GuestPlaceResponse): string {
  const project = `/o/${encodeURIComponent(place.organization)}/${encodeURIComponent(place.project)}`;
  if (place.branch !== null) return `${project}/branches/${encodeURIComponent(place.branch)}`;
  return place.cutRequest === null ? project : `${project}/cut-requests/${place.cutRequest}`;
}
