{# What a register says that cannot be so, or says otherwise than the year before (rules D304, D323–D328). #}

with

sites as (
    select
        *,
        register_year = school_year as is_of_year
    from {{ ref('int_sites_placed') }}
),

namesakes as (
    select
        *,
        case
            when min(school_code) over same_name <> school_code then min(school_code) over same_name
            else max(school_code) over same_name
        end as other_code
    from sites
    where is_of_year
    window same_name as (partition by school_year, name_key)
),

against_last_year as (
    select
        today.*,
        before.school_type as type_before,
        before.ownership as ownership_before
    from sites as today
    inner join sites as before
        on today.school_year = before.school_year + 1
            and today.school_code = before.school_code
            and today.is_of_year
            and before.is_of_year
),

parented as (
    select
        sites.*,
        parents.is_counted as is_parent_counted,
        heads.is_counted as is_head_counted
    from sites
    inner join sites as parents on sites.school_year = parents.school_year and sites.parent_code = parents.school_code
    inner join sites as heads on sites.school_year = heads.school_year and sites.counted_code = heads.school_code
    where not sites.is_counted
),

final as (
    {{ finding('D304', 'sites', 'not is_counted and parent_code is null', source=true, dataset="'schools'",
        found="coalesce(parent_ref, '')") }}
    union all by name
    {{ finding('D323', 'namesakes', 'other_code <> school_code', source=true, dataset="'schools'",
        found='other_code') }}
    union all by name
    {{ finding('D324', 'against_last_year', 'school_type <> type_before', source=true, dataset="'schools'",
        found='school_type', expected='type_before') }}
    union all by name
    {{ finding('D325', 'against_last_year', 'ownership <> ownership_before', source=true, dataset="'schools'",
        found='ownership', expected='ownership_before') }}
    union all by name
    {{ finding('D326', 'sites', 'is_of_year and established_year > school_year', source=true, dataset="'schools'",
        found='cast(established_year as varchar)') }}
    union all by name
    {{ finding('D327', 'parented', 'not is_head_counted', source=true, dataset="'schools'",
        expected_code='parent_code') }}
    union all by name
    {{ finding('D328', 'parented', 'not is_parent_counted and is_head_counted', source=true, dataset="'schools'",
        expected_code='parent_code', found='counted_code') }}
)

select * from final
