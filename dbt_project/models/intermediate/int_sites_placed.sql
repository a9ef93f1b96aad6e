with

registered as (
    select * from {{ ref('int_schools_registered') }}
),

resolved as (
    select * from {{ ref('int_school_references_resolved') }}
),

cells as (
    select * from {{ ref('int_cells_current') }}
),

teachers as (
    select * from {{ ref('int_teachers_current') }}
),

types as (
    select * from {{ ref('school_types') }}
),

universe as (
    select
        school_year,
        school_code
    from registered
    union
    select
        school_year,
        school_code
    from cells
    union
    select
        school_year,
        school_code
    from teachers
    union
    select
        resolved.school_year,
        resolved.school_code
    from resolved
    where exists (
            select 1 from {{ ref('stg_classes') }} as classes
            where classes.school_year = resolved.school_year and classes.school_ref = resolved.school_ref
        )
    union
    select
        school_year,
        school_code
    from {{ ref('int_exam_groups_current') }}
),

described as (
    select
        universe.school_year,
        universe.school_code,
        registered.* exclude (school_year, school_code),
        registered.school_year as register_year,
        {{ normal_name('registered.parent_ref') }} as parent_key
    from universe
    left join registered on universe.school_code = registered.school_code
    qualify row_number() over (
            partition by universe.school_year, universe.school_code
            order by
                case
                    when registered.school_year = universe.school_year then 0
                    when registered.school_year < universe.school_year then 1
                    else 2
                end,
                abs(registered.school_year - universe.school_year)
        ) = 1
),

parented as (
    select
        described.*,
        parents.school_code as parent_code,
        coalesce(described.is_counted, true) as counts_itself
    from described
    left join resolved
        on coalesce(described.register_year, described.school_year) = resolved.school_year
            and described.parent_key = resolved.school_ref
    left join described as parents
        on described.school_year = parents.school_year
            and resolved.school_code = parents.school_code
            and described.school_code <> parents.school_code
            and parents.register_year is not null
),

final as (
    select
        sites.* exclude (is_counted, parent_key),
        types.scope_rule,
        sites.counts_itself as is_counted,
        sites.register_year is null as is_provisional,
        case
            when sites.counts_itself or sites.parent_code is null then sites.school_code
            when parents.counts_itself or parents.parent_code is null then parents.school_code
            else parents.parent_code
        end as counted_code
    from parented as sites
    left join parented as parents
        on sites.school_year = parents.school_year
            and sites.parent_code = parents.school_code
    left join types on sites.school_type = types.school_type
)

select * from final
