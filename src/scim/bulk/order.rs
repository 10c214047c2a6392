//! In which order operations are performed, from what each one needs to come before it.

/// For each operation, by its place, the places of those that it refers to.
pub(super) type Needs = [Vec<usize>];

/// Every place once: what an operation needs comes before it, unless they need each other, and
/// otherwise the order is that of the request.
pub(super) fn order(needs: &Needs) -> Vec<usize> {
    let mut order = Vec::with_capacity(needs.len());
    let mut is_entered = vec![false; needs.len()];
    for place in 0..needs.len() {
        enter(place, needs, &mut is_entered, &mut order);
    }
    order
}

/// Goes as deep as the longest chain of references: at most `MAX_OPERATIONS`.
fn enter(place: usize, needs: &Needs, is_entered: &mut [bool], order: &mut Vec<usize>) {
    match is_entered.get_mut(place) {
        Some(entered) if !*entered => *entered = true,
        _ => return,
    }
    for needed in needs_of(place, needs) {
        enter(*needed, needs, is_entered, order);
    }
    order.push(place);
}

/// Whether an operation needs itself, be it by way of others.
pub(super) fn is_in_a_circle(place: usize, needs: &Needs) -> bool {
    let mut is_seen = vec![false; needs.len()];
    let mut open = needs_of(place, needs).to_vec();
    while let Some(needed) = open.pop() {
        if needed == place {
            return true;
        }
        match is_seen.get_mut(needed) {
            Some(seen) if !*seen => *seen = true,
            _ => continue,
        }
        open.extend(needs_of(needed, needs));
    }
    false
}

fn needs_of(place: usize, needs: &Needs) -> &[usize] {
    needs.get(place).map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_needed_is_pulled_forward_and_the_rest_stays() {
        for (needs, expected) in [
            (vec![], vec![]),
            (vec![vec![], vec![], vec![]], vec![0, 1, 2]),
            (vec![vec![2], vec![], vec![]], vec![2, 0, 1]),
            (vec![vec![1], vec![2], vec![3], vec![]], vec![3, 2, 1, 0]),
            (vec![vec![], vec![0], vec![3], vec![0]], vec![0, 1, 3, 2]),
            // A circle: each once, and nobody is left out.
            (vec![vec![1], vec![0], vec![]], vec![1, 0, 2]),
            (vec![vec![0]], vec![0]),
        ] {
            assert_eq!(order(&needs), expected, "{needs:?}");
        }
    }

    #[test]
    fn circles_are_found_and_those_that_merely_lead_to_one_are_not_in_it() {
        let needs = [vec![0], vec![2], vec![3], vec![1], vec![1], vec![]];
        let circles: Vec<bool> = (0..6).map(|place| is_in_a_circle(place, &needs)).collect();
        assert_eq!(circles, [true, true, true, true, false, false]);
    }

    fn graphs() -> impl Strategy<Value = Vec<Vec<usize>>> {
        (1_usize..20).prop_flat_map(|count| {
            proptest::collection::vec(proptest::collection::vec(0..count, 0..4), count)
        })
    }

    /// Whether a path of references leads from one to the other, by the definition.
    fn leads(from: usize, to: usize, needs: &Needs) -> bool {
        let mut reached: Vec<usize> = needs[from].clone();
        for _ in 0..needs.len() {
            let next: Vec<usize> = reached
                .iter()
                .flat_map(|place| needs[*place].clone())
                .collect();
            reached.extend(next);
            reached.sort_unstable();
            reached.dedup();
        }
        reached.contains(&to)
    }

    proptest! {
        #[test]
        fn every_operation_has_one_place_behind_what_it_needs(needs in graphs()) {
            let order = order(&needs);
            let mut sorted = order.clone();
            sorted.sort_unstable();
            prop_assert_eq!(sorted, (0..needs.len()).collect::<Vec<_>>());
            let turn = |place: usize| order.iter().position(|one| *one == place);
            for (place, needed) in needs.iter().enumerate() {
                for needed in needed {
                    let in_circle = leads(*needed, place, &needs);
                    prop_assert!(*needed == place || in_circle || turn(*needed) < turn(place));
                }
            }
        }

        #[test]
        fn a_circle_is_a_path_to_oneself(needs in graphs()) {
            for place in 0..needs.len() {
                prop_assert_eq!(is_in_a_circle(place, &needs), leads(place, place, &needs));
            }
        }

        #[test]
        fn two_change_places_only_for_one_that_needs_the_later(needs in graphs()) {
            let order = order(&needs);
            let turn = |place: usize| order.iter().position(|one| *one == place);
            for later in 0..needs.len() {
                // One that nobody needs never overtakes another.
                let is_needed = (0..needs.len()).any(|one| needs[one].contains(&later));
                for earlier in 0..later {
                    prop_assert!(is_needed || turn(earlier) < turn(later));
                }
            }
        }
    }
}
